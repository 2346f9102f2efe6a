<?php

use PHPUnit\Framework\TestCase;

require __DIR__ . '/page.php';

final class PageTest extends TestCase
{
    public function testAPersonIsGreetedByName(): void
    {
        $app = getenv('APP_ID');
        $user = call("/$app/accounts/test-users", [
            'access_token' => "$app|" . getenv('APP_SECRET'),
            'installed' => 'true',
            'name' => 'Noor Haddad',
        ], true);
        $this->assertSame('Hello, Noor Haddad!', greeting($user['access_token']));
    }

    public function testWithoutATokenThatWorksThePageAsksToLogIn(): void
    {
        $this->assertSame('Please log in again.', greeting('EAAnotatoken'));
    }
}
